//! The service as a client sees it: every request goes through the whole router, over a database in memory.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use shop::app::{Shop, demo};
use shop::auth::Keys;
use shop::db::connect;
use shop::{AppState, router};
use tower::ServiceExt;

/// A client of a freshly stocked shop.
struct Client {
    router: Router,
    token: Option<String>,
}

impl Client {
    async fn new() -> Self {
        let keys = Keys::random();
        let db = connect("sqlite::memory:").await.unwrap();
        let shop = Shop::new(db, keys.clone());
        demo::stock(&shop).await.unwrap();
        Self {
            router: router(AppState::new(shop, keys)),
            token: None,
        }
    }

    async fn signed_in() -> Self {
        let mut client = Self::new().await;
        let account = json!({ "email": "ada@example.com", "password": "correct horse" });
        let (status, _) = client.send(Method::POST, "/accounts", account.clone()).await;
        assert_eq!(status, StatusCode::CREATED);
        let (status, session) = client.send(Method::POST, "/login", account).await;
        assert_eq!(status, StatusCode::OK);
        client.token = Some(session["token"].as_str().unwrap().to_owned());
        client
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body.to_string())).unwrap())
            .await
            .unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.send(Method::GET, path, Value::Null).await
    }

    async fn product(&self, name: &str) -> String {
        let (_, products) = self.get("/products").await;
        let product = products
            .as_array()
            .unwrap()
            .iter()
            .find(|product| product["name"] == name)
            .unwrap();
        product["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn only_health_and_login_are_open() {
    let client = Client::new().await;
    assert_eq!(client.get("/health").await.0, StatusCode::OK);
    for path in ["/products", "/orders", "/cart", "/wishlist"] {
        assert_eq!(client.get(path).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_a_taken_address_are_refused() {
    let client = Client::signed_in().await;
    let wrong = json!({ "email": "ada@example.com", "password": "battery staple" });
    assert_eq!(
        client.send(Method::POST, "/login", wrong.clone()).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        client.send(Method::POST, "/accounts", wrong).await.0,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn a_cart_becomes_an_order_that_can_be_repeated_and_cancelled() {
    let client = Client::signed_in().await;
    let cup = client.product("Cup").await;
    let (status, _) = client.send(Method::PUT, &format!("/cart/{cup}"), json!(10)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(client.get("/cart").await.1["total"], 6900);

    let (status, order) = client.send(Method::POST, "/cart/checkout", Value::Null).await;
    assert_eq!((status, &order["discount"]), (StatusCode::CREATED, &json!(690)));
    assert_eq!(client.get("/cart").await.1["total"], 0);

    let id = order["id"].as_str().unwrap();
    assert_eq!(client.get(&format!("/orders/{id}")).await.1["total"], 6210);
    let (status, _) = client
        .send(Method::POST, &format!("/orders/{id}/again"), Value::Null)
        .await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(client.get("/orders").await.1.as_array().unwrap().len(), 2);

    let (status, cancelled) = client.send(Method::DELETE, &format!("/orders/{id}"), Value::Null).await;
    assert_eq!((status, &cancelled["status"]), (StatusCode::OK, &json!("cancelled")));
    assert_eq!(
        client
            .send(Method::DELETE, &format!("/orders/{id}"), Value::Null)
            .await
            .0,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn an_empty_cart_cannot_be_ordered() {
    let client = Client::signed_in().await;
    let (status, _) = client.send(Method::POST, "/cart/checkout", Value::Null).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_wish_is_kept_until_it_is_forgotten() {
    let client = Client::signed_in().await;
    let path = format!("/wishlist/{}", client.product("Teapot").await);
    assert_eq!(
        client.send(Method::PUT, &path, Value::Null).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(client.get("/wishlist").await.1[0]["name"], "Teapot");
    assert_eq!(
        client.send(Method::DELETE, &path, Value::Null).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        client.send(Method::DELETE, &path, Value::Null).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_report_adds_up_what_was_sold() {
    let client = Client::signed_in().await;
    let cup = client.product("Cup").await;
    client.send(Method::PUT, &format!("/cart/{cup}"), json!(2)).await;
    client.send(Method::POST, "/cart/checkout", Value::Null).await;
    let (status, report) = client.get("/reports/sales").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(report, json!([{ "name": "Cup", "amount": "EUR 13.80" }]));
    assert_eq!(client.get("/stats").await.1, json!({ "customers": 1, "orders": 1 }));
    assert_eq!(
        client.get("/products/search?text=tea").await.1,
        json!(["Green tea", "Teapot"])
    );
}
