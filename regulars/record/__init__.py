"""Facts: the tables, and the only functions that write them."""
