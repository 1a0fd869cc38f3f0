"""What the service embeds with: the registry, one folder per shipped model, and the recipes that made them."""
