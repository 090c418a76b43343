import { ADMIN_TOKEN, type Doors, openDoors } from './doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(null);
});
afterAll(() => doors.app.close());

const similar = (path: string) =>
  doors.app.inject({ url: `/api/v1/messages/${path}`, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });

test('of a judged mail the like of it is answered, of any other 404', async () => {
  const known = await similar('msg_1/similar?search=mailboxes');
  expect([known.statusCode, known.json()]).toEqual([200, { items: [], complete: true }]);
  expect((await similar('msg_2/similar')).statusCode).toBe(404);
});

test('there is nothing else to search', async () => {
  expect((await similar('msg_1/similar?search=everything')).statusCode).toBe(400);
});
