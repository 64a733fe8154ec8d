-- Orders of which nothing was sent and nothing is left to be sent do not wait to be sent any more.
UPDATE orders SET fulfilment_status = 'restocked'
WHERE fulfilment_status = 'unfulfilled' AND EXISTS (
    SELECT 1 FROM line_items l WHERE l.shop_id = orders.shop_id AND l.order_id = orders.id
) AND NOT EXISTS (
    SELECT 1 FROM line_items l WHERE l.shop_id = orders.shop_id AND l.order_id = orders.id
        AND l.quantity > l.fulfilled + l.cancelled
);
