"""Parser of the pasted plain text of a page: header, images, footer, body."""
