"""Questions, answered for a plan that is known."""
