"""Django's admin site with the editors' desk in front.

It stands outside `articles.admin`, which registers its models with this site while it is imported.
"""

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

        # Tables of other packages, accounts and logins, take wrong values as those of the archive do.
        for model, table in list(self._registry.items()):
            if not isinstance(table, FilteredList):
                bases = (FilteredList, KeyedForm, type(table))
                self._registry[model] = type(type(table).__name__, bases, {})(model, self)
        return [*desk_urls(self), *super().get_urls()]

    def login(self, request, extra_context=None):
        """Lead to the desk, unless some other page asked for the login."""
        desk, index = reverse("admin:desk"), reverse("admin:index")
        if request.method == "GET" and self.has_permission(request):
            return redirect(desk)
        asked = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, index))
        context = {REDIRECT_FIELD_NAME: desk} if asked == index else {}
        return super().login(request, {**context, **(extra_context or {})})

    def logout(self, request, extra_context=None):
        """Nothing of the desk is left in the browser: not behind its back button either."""
        response = super().logout(request, extra_context)
        response["Clear-Site-Data"] = '"cache"'
        return response

    def admin_view(self, view, cacheable=False):
        """Django's check; a text sent after the session ended is kept, each change is signed."""
        checked = super().admin_view(update_wrapper(_signed(view), view), cacheable)

        def kept(request, *args, **kwargs):
            from articles.admin import recovered_input as kept
            from articles.admin.control_characters import remove_control_characters

            lost = request.method == "POST" and not self.has_permission(request)
            if lost and request.path != reverse("admin:logout"):
                return kept.sign_in_again(request)
            if request.method == "POST":
                remove_control_characters(request)
            return checked(request, *args, **kwargs)

        return update_wrapper(kept, checked)


def _signed(view):
    def signed(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with pghistory.context(user=request.user.pk, through="desk"):
            return view(request, *args, **kwargs)

    return signed
