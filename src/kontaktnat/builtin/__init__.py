"""What kontaktnat itself brings, through the same hooks as everyone's plugins."""
