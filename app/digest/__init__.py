"""From reports to issues: understand each report, group its events, file them in one transaction."""
