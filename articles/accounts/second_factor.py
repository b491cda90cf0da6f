"""Turning a second factor on and off, renewing its recovery codes, and resetting it for someone else."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models.audit import log_account_change

RECOVERY_CODES = 10


class WrongCode(Exception):
    """The code is not the present one of the app."""


def turn_on(user: User, key: str, code: str) -> list[str]:
    """Turn the second factor on, or move it to the app with this key (hex); return recovery codes.

    Raises WrongCode, and changes nothing then.
    """
    with transaction.atomic():
        # Nobody turns it on twice at once.
        User.objects.select_for_update().get(pk=user.pk)
        moved = _remove(user)
        if not TOTPDevice.objects.create(user=user, name="app", key=key).verify_token(code):
            raise WrongCode
        what = "moved to another app" if moved else "turned on"
        log_account_change(user, f"two-step sign-in {what}", by=user)
        return _new_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes by new ones."""
    with transaction.atomic():
        codes = _new_recovery_codes(user)
        log_account_change(user, "new recovery codes", by=user)
        return codes


def turn_off(user: User) -> None:
    with transaction.atomic():
        _remove(user)
        log_account_change(user, "two-step sign-in turned off", by=user)


def reset(user: User) -> bool:
    """Remove the second factor of someone who lost it, and end their sessions; False if there is none."""
    with transaction.atomic():
        if not _remove(user):
            return False
        _end_sessions(user)
        log_account_change(user, "two-step sign-in reset")
        return True


def codes_left(user: User) -> int:
    """How many recovery codes of the account are unused."""
    return StaticToken.objects.filter(device__user_id=user.pk).count()


def _remove(user: User) -> bool:
    """Whether there was a second factor."""
    StaticDevice.objects.filter(user_id=user.pk).delete()
    return TOTPDevice.objects.filter(user_id=user.pk).delete()[0] > 0


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user_id=user.pk).delete()
    device = StaticDevice.objects.create(user_id=user.pk, name="recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _end_sessions(user: User) -> None:
    """The user of a session is inside its text, so all of them are read."""
    sessions = Session.objects.iterator()
    theirs = [session.pk for session in sessions if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
