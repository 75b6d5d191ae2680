# The lines above have set up `Raven`.
require_relative "lib/shop"

Raven.user_context(id: "7", username: "ada", email: "ada@example.com")
Raven.tags_context(customer: "ada")
Raven.extra_context(cart: { items: 2 })
Raven.breadcrumbs.record do |crumb|
  crumb.category = "cart"
  crumb.message = "opened the cart"
end

case ENV.fetch("CASE")
when "unhandled" then Raven.capture { checkout }
when "handled" then Raven.capture_exception(failure)
when "message" then Raven.capture_message("the cart is empty", level: "warning")
when "rack"
  app = Raven::Rack.new(->(_environment) { checkout })
  begin
    app.call(REQUEST.dup)
  rescue PaymentError
    # A web server would answer 500.
  end
end
