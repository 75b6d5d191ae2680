"""Events of platforms that no capture covers, written as their SDKs send them, read by the real adapters."""
