"""Writes the parts of a new endpoint that are made by hand: method, handler, row, case, call and changelog line."""
