"""Those who carry letters, each behind `domain.notices.ports.Post`."""
