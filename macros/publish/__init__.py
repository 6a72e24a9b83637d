"""What is made from a built site, whoever built it: one pure function for each product."""
