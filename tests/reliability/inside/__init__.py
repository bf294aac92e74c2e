"""What runs inside the product, on the server's own data: plain functions with JSON in and out."""
