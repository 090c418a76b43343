import Type, { type Static } from 'typebox';

const Days = (description: string) => Type.Integer({ minimum: 1, maximum: 3650, description });

/** How long what is kept. Viewers see addresses and subjects masked whatever is set here. */
export const PrivacySettings = Type.Object(
  {
    /** Hours after which the body of a mail in which nothing was found is deleted; null: as other bodies. */
    clean_body_hours: Type.Union([Type.Integer({ minimum: 1, maximum: 8760 }), Type.Null()]),
    body_days: Days('Bodies of every other mail, uploads included.'),
    metadata_days: Days('What is known of mail that was seen on its delivery and in which nothing was found.'),
    detection_days: Days('Reports, verdicts, retractions and what is known of their mail.'),
  },
  { additionalProperties: false },
);
export type PrivacySettings = Static<typeof PrivacySettings>;
