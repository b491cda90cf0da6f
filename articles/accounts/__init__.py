"""Changes to the second factor of an account, each with an entry in the audit log."""

from articles.accounts.second_factor import (
    WrongCode,
    codes_left,
    renew_recovery_codes,
    reset,
    turn_off,
    turn_on,
)

__all__ = ["WrongCode", "codes_left", "renew_recovery_codes", "reset", "turn_off", "turn_on"]
