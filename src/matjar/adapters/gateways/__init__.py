"""Payment gateways, each behind `domain.payments.ports.Gateway`."""
