"""The admin site: Django's, with the review pages of the editors in front."""

from functools import update_wrapper

import pghistory
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse


class DeskSite(AdminSite):
    site_title = "News archive"
    site_header = "The News Archive"
    index_title = "All tables"
    enable_nav_sidebar = False

    def get_urls(self):
        from articles.admin.tables.filtered_list import FilteredList, KeyedForm
        from articles.admin.urls import desk_urls

        # The admins of other packages (users, logins) must also answer wrong filter values with a message.
        for model, table in list(self._registry.items()):
            if not isinstance(table, FilteredList):
                bases = (FilteredList, KeyedForm, type(table))
                self._registry[model] = type(type(table).__name__, bases, {})(model, self)
        return [*desk_urls(self), *super().get_urls()]

    def login(self, request, extra_context=None):
        """Redirect to the review queue unless another page asked for the login."""
        desk, index = reverse("admin:desk"), reverse("admin:index")
        if request.method == "GET" and self.has_permission(request):
            return redirect(desk)
        asked = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, index))
        context = {REDIRECT_FIELD_NAME: desk} if asked == index else {}
        return super().login(request, {**context, **(extra_context or {})})

    def logout(self, request, extra_context=None):
        """Clear the browser's cache, so that its back button shows no page of the admin."""
        response = super().logout(request, extra_context)
        response["Clear-Site-Data"] = '"cache"'
        return response

    def admin_view(self, view, cacheable=False):
        """Django's check; also recovers input sent after the session ended, and records who changes what."""
        checked = super().admin_view(update_wrapper(_signed(view), view), cacheable)

        def recovering(request, *args, **kwargs):
            from articles.admin import recovered_input
            from articles.admin.control_characters import remove_control_characters

            lost = request.method == "POST" and not self.has_permission(request)
            if lost and request.path != reverse("admin:logout"):
                return recovered_input.sign_in_again(request)
            if request.method == "POST":
                remove_control_characters(request)
            return checked(request, *args, **kwargs)

        return update_wrapper(recovering, checked)


def _signed(view):
    def signed(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with pghistory.context(user=request.user.pk, through="desk"):
            return view(request, *args, **kwargs)

    return signed
