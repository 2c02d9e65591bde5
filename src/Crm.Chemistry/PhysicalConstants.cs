namespace Crm.Chemistry;

/// <summary>Constants of nature and of convention, SI unless the name says otherwise.</summary>
public static class PhysicalConstants
{
    /// <summary>J/(mol K), CODATA 2018, exact.</summary>
    public const double Gas = 8.314462618;

    /// <summary>m/s2, standard gravity.</summary>
    public const double Gravity = 9.80665;

    /// <summary>K at 0 degC.</summary>
    public const double ZeroCelsius = 273.15;

    /// <summary>degC of standard enthalpies: heats of reaction stand at it, sensible heat counts from it.</summary>
    public const double StandardTemperature = 25;

    /// <summary>J per mol of H+ and OH- that meet, at the standard temperature.</summary>
    public static readonly double Neutralisation = LawConstants.Of("neutralisation", "heat");

    /// <summary>L/mol of an ideal gas at 0 degC and 1 atm.</summary>
    public const double NormalMolarVolume = 22.414;

    /// <summary>g/mol.</summary>
    public const double WaterMolarMass = 18.015;

    /// <summary>s; rates are given per hour on most data sheets.</summary>
    public const double Hour = 3600;
}
