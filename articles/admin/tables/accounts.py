"""The list of accounts, with who has two-step sign-in on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import User
from django.db.models import Exists, ManyToManyField, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

APP = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)


class TwoStepFilter(admin.SimpleListFilter):
    title = _("two-step sign-in")
    parameter_name = "two_step"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[User]) -> list[tuple[str, str]]:
        return [("on", gettext("On")), ("off", gettext("Off"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        wanted = {"on": Exists(APP), "off": ~Exists(APP)}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(wanted)


class HasPassword(ReadOnlyPasswordHashWidget):
    """Says whether there is a password; its algorithm and salt are of no use to anybody."""

    def get_context(self, name: str, value: str, attrs: dict[str, Any] | None) -> dict[str, Any]:  # Django's
        context = super().get_context(name, value, attrs)
        is_set = bool(value) and is_password_usable(value)
        label = gettext("Set") if is_set else gettext("None: this user cannot sign in with a password.")
        button = gettext("Change password") if is_set else gettext("Set password")
        return {**context, "summary": [{"label": label}], "button_label": button}


class AccountForm(UserChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of UserChangeForm
        super().__init__(*args, **kwargs)
        if password := self.fields.get("password"):
            password.widget, password.help_text = HasPassword(), ""
        if staff := self.fields.get("is_staff"):
            staff.label, staff.help_text = _("May sign in to the editors’ pages"), ""


class NewAccountForm(AdminUserCreationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of AdminUserCreationForm
        super().__init__(*args, **kwargs)
        _explain_password(self.fields)


class PasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of AdminPasswordChangeForm
        super().__init__(*args, **kwargs)
        _explain_password(self.fields)


def _explain_password(fields: dict[str, forms.Field]) -> None:
    """Plain words for the choice whether an account has a password."""
    if choice := fields.get("usable_password"):
        choice.label = _("Sign in with a password")
        choice.help_text = _("Choose No only if your organisation signs this user in.")
        choice.widget.choices = [("true", _("Yes")), ("false", _("No"))]


class AccountAdmin(UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = PasswordForm
    list_display = ("username", "email", "first_name", "last_name", "is_staff", "is_active", "two_step")
    list_filter = (TwoStepFilter, *UserAdmin.list_filter)
    filter_horizontal = ("user_permissions",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).annotate(has_app=Exists(APP))

    def formfield_for_manytomany(
        self,
        db_field: ManyToManyField[Any, Any],
        request: HttpRequest,
        **kwargs: Any,  # as Django has it
    ) -> forms.ModelMultipleChoiceField | None:
        """The roles as checkboxes: there are few."""
        if db_field.name == "groups":
            note = _("What each may do is listed in the guide for editors.")
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "label": _("Roles"), "help_text": note}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("two-step sign-in"), boolean=True, ordering="has_app")
    def two_step(self, user: User) -> bool:
        return user.has_app  # type: ignore[attr-defined]  # of get_queryset


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
