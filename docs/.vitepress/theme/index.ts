/** The theme that comes with VitePress, with room for tables that are wide. */
import DefaultTheme from 'vitepress/theme'
import './wide.css'

export default DefaultTheme
