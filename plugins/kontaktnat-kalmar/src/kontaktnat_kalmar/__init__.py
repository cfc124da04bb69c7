"""Kalmar county: a county pack as data, a view of its police areas. The hooks: `kontaktnat_kalmar.plugin`."""
