"""Import of speakers, and rulings on printed names."""
