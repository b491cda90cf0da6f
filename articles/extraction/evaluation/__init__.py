"""Confidence of extracted quotes, and its calibration and scores on annotated texts."""
