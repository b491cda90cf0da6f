"""The ModelAdmins of Django's admin."""
