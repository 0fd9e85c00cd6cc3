"""What a file says of itself before anybody opens it."""
