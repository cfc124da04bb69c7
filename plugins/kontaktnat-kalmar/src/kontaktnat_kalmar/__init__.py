"""Kalmar county: a county pack as data. The hooks: `kontaktnat_kalmar.plugin`."""
