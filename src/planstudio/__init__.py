"""Plan Studio: strategic plans, board policies and board packets of a school district."""

__version__ = "0.1.0"
