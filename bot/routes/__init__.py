"""Written examples of every route, and the model learned from them."""
