"""Quote proposals: create them from extraction, accept them by rule, refresh them, and measure them."""
