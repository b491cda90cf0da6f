"""Figures about speakers: profiles, comparisons, keyness."""
