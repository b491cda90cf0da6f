"""Help for a request that finds little: spelling, relaxations, hints, promotions, examples."""
