package org.openclaw.console.web;

import org.apache.felix.webconsole.spi.BrandingPlugin;
import org.osgi.service.component.annotations.Component;

/** The console's name and looks: its own style sheet with ours over it, and our frame around its standard tabs. */
@Component
public final class Branding implements BrandingPlugin {
    private static final String HOME = "/" + OverviewTab.LABEL;
    private static final String RES = HOME + "/res/";

    /**
     * The console writes this name as it is into its {@code <link rel="icon" href="...">}. It has no place for a viewport,
     * without which a phone shows every page in the size of a desk, nor for the script that puts our frame around a page.
     */
    private static final String ICON_AND_MORE = RES + "claw.svg\" /><script type=\"module\" src=\"" + LocalPath.ROOT
            + RES + "standard.js\"></script><meta name=\"viewport\" content=\"width=device-width, initial-scale=1";

    @Override
    public String getBrandName() {
        return "OpenClaw";
    }

    @Override
    public String getProductName() {
        return "OpenClaw";
    }

    @Override
    public String getProductURL() {
        return LocalPath.ROOT + HOME;
    }

    @Override
    public String getProductImage() {
        return RES + "claw.svg";
    }

    @Override
    public String getVendorName() {
        return "OpenClaw";
    }

    @Override
    public String getVendorURL() {
        return getProductURL();
    }

    @Override
    public String getVendorImage() {
        return getProductImage();
    }

    @Override
    public String getFavIcon() {
        return ICON_AND_MORE;
    }

    @Override
    public String getMainStyleSheet() {
        return RES + "console.css";
    }
}
