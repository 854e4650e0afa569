"""Journeys use the same window as the screens' tests."""

from gui.conftest import data, dressed, make_window, sample_file, sampler, window

__all__ = ["data", "dressed", "make_window", "sample_file", "sampler", "window"]
