/** RFC 6027 section 3.9: how the members of a load-sharing cluster come to different SPIs. */
import type { Scheme } from '../constants/constants.ts'
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { everything, nothing, sas } from './policies.ts'

const judgedBy: readonly FocusName[] = ['spis']

/** Every member sets up SAs. */
const sharing = (scheme: Scheme): Scheme => ({ ...scheme, ikeBy: 'all' })

/** In hot standby, `synch-sas` and `acked-everything` show the same question. */
export const spis: readonly NamedScheme[] = [
  {
    judgedBy,
    name: 'spi-shared',
    about: 'Every member sets up SAs with any SPI that it does not know to be used, and tells the others.',
    scheme: sharing(sas),
  },
  {
    judgedBy,
    name: 'spi-shared-acked',
    about: 'As spi-shared, but an SPI is used only when the others have acknowledged it.',
    scheme: sharing(everything),
  },
  {
    judgedBy,
    name: 'spi-partitioned',
    about: 'Every member has SPIs of its own, new ones each time that it comes up; nothing is told.',
    scheme: sharing({ ...nothing, spi: 'partitioned' }),
  },
  {
    judgedBy,
    name: 'spi-part-reused',
    about: 'As spi-partitioned, but a member that returns without memory has the same SPIs as before.',
    scheme: sharing({ ...nothing, spi: 'tag-reused' }),
  },
  {
    judgedBy,
    name: 'spi-granted',
    about:
      'One member keeps the table of SPIs; the others ask it, and are told of each grant without waiting.',
    scheme: sharing({ ...sas, spi: 'granted' }),
  },
  {
    judgedBy,
    name: 'spi-granted-acked',
    about: 'As spi-granted, but an SPI is granted or used only when all others have acknowledged it.',
    scheme: sharing({ ...everything, spi: 'granted' }),
  },
]
