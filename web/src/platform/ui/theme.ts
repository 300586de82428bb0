// Tram's look: one teal for what can be acted on, warm greys, Be Vietnam Pro, 15 px base. See docs/ui in shared plans.
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#EEFAF8', '#D2F1EC', '#A5E3DA', '#6FD0C4', '#3DB8AB', '#1F9D91', '#148478', '#0F766E', '#0B5F59', '#084B47',
]
const red: MantineColorsTuple = [
  '#FDF1F0', '#FADDDB', '#F4B8B4', '#EC8D87', '#E4655D', '#D9473E', '#C4342C', '#B42318', '#8F1D15', '#6E1712',
]
const amber: MantineColorsTuple = [
  '#FFF8EB', '#FDECC8', '#FBD98F', '#F8C152', '#F2A922', '#D98C0B', '#B86E06', '#945406', '#78430A', '#5F360B',
]
const green: MantineColorsTuple = [
  '#EFF9F0', '#D6F0D9', '#AEE0B4', '#7DCB87', '#4FB25D', '#33953F', '#2A7E36', '#22692D', '#1B5425', '#15421D',
]
const blue: MantineColorsTuple = [
  '#EFF5FD', '#DAE8FA', '#B4D0F4', '#86B3EC', '#5A96E2', '#387BD3', '#2864B8', '#1F5299', '#19427C', '#143563',
]
const gray: MantineColorsTuple = [
  '#FAF9F7', '#F4F2EE', '#E9E6E0', '#DDD9D1', '#C6C1B8', '#A39E95', '#7A766E', '#5A5751', '#3B3935', '#24231F',
]
const dark: MantineColorsTuple = [
  '#E9ECEA', '#C9CFCC', '#A6AFAB', '#7F8985', '#4B5551', '#38413E', '#2A322F', '#1D2321', '#161B19', '#101413',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  colors: { teal, red, amber, green, blue, gray, dark },
  black: '#1F2421',
  fontFamily: "'Be Vietnam Pro', 'Segoe UI', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '600', fontFamily: "'Be Vietnam Pro', 'Segoe UI', system-ui, sans-serif" },
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  focusRing: 'auto',
  respectReducedMotion: true,
})
