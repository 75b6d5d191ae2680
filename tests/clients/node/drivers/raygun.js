// `raygunClient` is what the lines above have set up.
const { checkout, checkoutAll, failure, run, visit } = require("./shop.js");

raygunClient.setVersion("1.2.3");
raygunClient.setTags(["customer"]);
raygunClient.user = () => ({ identifier: "7", email: "ada@example.com", fullName: "ada" });

run({
  unhandled() {
    checkout();
  },
  handled() {
    raygunClient.send(failure(), { customData: { cart: { items: 2 } }, tags: ["vip"] });
  },
  message() {
    raygunClient.send("the cart is empty");
  },
  aggregate() {
    checkoutAll();
  },
  express() {
    const app = require("express")();
    app.use(raygunClient.expressHandlerBreadcrumbs);
    app.get("/checkout/:order", () => {
      raygunClient.addBreadcrumb({ message: "opened the cart", category: "cart", customData: { items: 2 } });
      checkout();
    });
    app.use(raygunClient.expressHandler);
    visit(app);
  },
});
