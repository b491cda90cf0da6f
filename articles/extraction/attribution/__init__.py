"""Attribution of quotes to the speakers that a text names for them."""
