namespace Crm.Twin.Equipment;

/// <summary>
/// Two bodies that touch, jacket and contents or wall and product, stepped together and implicitly: what one gives the other takes, to the last bit that a double has, and a nearly
/// empty one stays stable.
/// </summary>
/// <param name="Capacity">J/K.</param>
/// <param name="Temperature">degC.</param>
/// <param name="Gains">W that come in whatever its temperature: heater, coolant and hall at 0 degC of the body.</param>
/// <param name="Loses">W/K to coolant and hall.</param>
internal readonly record struct Body(double Capacity, double Temperature, double Gains, double Loses)
{
    /// <param name="contact">W/K between the two.</param>
    /// <returns>Both temperatures after <paramref name="dt"/> seconds.</returns>
    public static (double First, double Second) Step(in Body first, in Body second, double contact, double dt)
    {
        double a = first.Capacity + dt * (contact + first.Loses), p = first.Capacity * first.Temperature + dt * first.Gains;
        double b = second.Capacity + dt * (contact + second.Loses), q = second.Capacity * second.Temperature + dt * second.Gains;
        double passed = dt * contact;
        double other = (q + passed * p / a) / (b - passed * passed / a);
        return ((p + passed * other) / a, other);
    }
}
