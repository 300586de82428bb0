// Light or dark, Vietnamese or English.
import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { locale, m, setLocale } from '@/platform/i18n'

export function ThemeSwitch() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const label = scheme === 'light' ? m.app_theme_dark() : m.app_theme_light()
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(scheme === 'light' ? 'dark' : 'light')}
    >
      {scheme === 'light' ? <IconMoon size={20} /> : <IconSun size={20} />}
    </ActionIcon>
  )
}

export function LanguageSwitch() {
  const next = locale() === 'vi' ? 'en' : 'vi'
  return (
    <Button variant="subtle" color="gray" size="compact-sm" lang={next} title={m.app_language()} aria-label={`${next.toUpperCase()} – ${m.app_language()}`} onClick={() => setLocale(next)}>
      {next.toUpperCase()}
    </Button>
  )
}
