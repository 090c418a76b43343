/** Pictures that letters carry. */

/** A QR code for https://mfa-renew.lindenhof-id.test/s?u=7f21 (PNG). */
export const qrCode = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAIwAAACMAQMAAACUDtN9AAAABlBMVEUAAAD///+l2Z/dAAAAAnRSTlP//8i138cAAAAJcEhZcwAACxIAAAsSAdLdfvwAAAD9SURBVEiJ3ZZLDgMxCEN9A+5/S25Abcj0o24q3E2LRqPkLZCJITOot8D/oQT4UqCXFiqBCm6yHwcx7dCcpYn4REV9BXGLAnwknQFEvJ7ECkF5J54cWqFpjZCxL52zQcyZ1CmtCguVFqMzMWXvEWsN9gh0kEf9FqlBZDAz41K/RsXkbDmckh1UKpyLtviUvUbooCValoWok3VHW6GZsFBnf7SIhbTBGYRMD8mJtrW1mohV47pow0PV1+NlioUUUqjrLOGhPjlNe0lveaizz/ndO2eL+hPA7JEPax3Ee6jn4JRtIWoM1Y7wUH8vNVwohIlmAnqsIstCn/3B/DK6ARF5zFsOANS8AAAAAElFTkSuQmCC',
  'base64',
);
