"""Tests of what helps others to test."""
