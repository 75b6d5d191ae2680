# The lines above have set up `Sentry`.
require_relative "lib/shop"

Sentry.configure_scope do |scope|
  scope.set_user(id: "7", username: "ada", email: "ada@example.com")
  scope.set_tags(customer: "ada")
  scope.set_context("cart", { items: 2 })
end
Sentry.add_breadcrumb(Sentry::Breadcrumb.new(category: "cart", message: "opened the cart"))

case ENV.fetch("CASE")
when "handled" then Sentry.capture_exception(failure)
when "message" then Sentry.capture_message("the cart is empty", level: :warning)
when "rack"
  app = Sentry::Rack::CaptureExceptions.new(->(_environment) { checkout })
  begin
    app.call(REQUEST.dup)
  rescue PaymentError
    # A web server would answer 500.
  end
end
