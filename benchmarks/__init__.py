"""What a call and an import cost, as ratios: the milliseconds of one machine say little about another."""
