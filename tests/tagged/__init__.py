"""Tests of taggedpdf, which know nothing of Plan Studio. (A package of the same name would hide it.)"""
