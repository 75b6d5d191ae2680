# The app that fails, the same in every driver: three calls deep, and the raised error has a cause.

require "stringio"

class PaymentError < StandardError
end

def charge_card(order)
  order.fetch(:card)
end

def process_order(order)
  charge_card(order)
rescue KeyError
  raise PaymentError, "payment failed for order #{order[:id]}"
end

def checkout
  process_order({ id: 42 })
end

def failure
  checkout
rescue PaymentError => error
  error
end

# What a web server tells of a request.
REQUEST = {
  "REQUEST_METHOD" => "GET",
  "rack.url_scheme" => "http",
  "HTTP_HOST" => "127.0.0.1:3000",
  "SERVER_NAME" => "127.0.0.1",
  "SERVER_PORT" => "3000",
  "PATH_INFO" => "/checkout/42",
  "QUERY_STRING" => "coupon=none",
  "HTTP_X_SHOP" => "north",
  "HTTP_USER_AGENT" => "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "rack.input" => StringIO.new,
}
