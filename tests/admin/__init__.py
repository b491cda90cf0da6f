"""Tests of the editors' pages and the ModelAdmins."""
