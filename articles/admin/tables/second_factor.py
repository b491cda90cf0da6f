"""Hides the tables of django-otp: they show the keys of other people's apps."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

for model in (StaticDevice, TOTPDevice):
    admin.site.unregister(model)
