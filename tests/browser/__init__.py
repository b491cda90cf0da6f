"""Tests in a real browser, with Playwright."""
