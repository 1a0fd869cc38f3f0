"""What every stage speaks of: frozen values without behaviour that needs a library. Imports nothing of ours."""
