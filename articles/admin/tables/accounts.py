"""The list of accounts, with who has two-step sign-in on."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
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


class AccountAdmin(UserAdmin):
    list_display = ("username", "email", "first_name", "last_name", "is_staff", "is_active", "two_step")
    list_filter = (TwoStepFilter, *UserAdmin.list_filter)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).annotate(has_app=Exists(APP))

    @admin.display(description=_("two-step sign-in"), boolean=True, ordering="has_app")
    def two_step(self, user: User) -> bool:
        return user.has_app  # type: ignore[attr-defined]  # of get_queryset


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
