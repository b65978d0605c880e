"""Our spaCy components (registered factories `afterword_*`), and the word lists and name rules behind them."""
