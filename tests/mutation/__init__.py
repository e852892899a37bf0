"""Mutation testing of pricing/: what the tests would not notice."""
