"""Excel workbooks in and out for kontaktnat."""
