import { z } from 'zod'

const MAX_PEM = 256 * 1024

/** Certificates as text (RFC 7468): one or more; '' for none. */
export const certificatesSchema = z
  .string()
  .trim()
  .max(MAX_PEM)
  .regex(
    /^$|^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/,
    'A certificate in PEM form (-----BEGIN CERTIFICATE-----) is needed.',
  )

/** A private key as text; never told to a page. */
export const privateKeySchema = z
  .string()
  .trim()
  .max(64 * 1024)
  .regex(
    /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+-----END (?:[A-Z]+ )?PRIVATE KEY-----$/,
    'A private key in PEM form (-----BEGIN PRIVATE KEY-----) is needed.',
  )
